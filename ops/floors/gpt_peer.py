"""The peer of `hansa-kernel bench`: the same model and step in PyTorch, on the CPU.

    python gpt_peer.py --model A --processes 1    one process, two threads, eager
    python gpt_peer.py --model B --processes 2    two processes with one thread each, DistributedDataParallel over gloo

A GPT-2 with a tied head, context 256 and 256 words, in 32-bit floats; random tokens, no dropout. What is timed is the whole
step: forward, backward, gradients made equal, clipping to norm 1, AdamW. Prints tokens a second of the median step.
"""

import argparse
import math
import os
import statistics
import tempfile
import time

CONTEXT, WORDS = 256, 256
MODELS = {"A": dict(layers=4, width=256, heads=4, batch=16), "B": dict(layers=6, width=384, heads=6, batch=12)}


def build(layers, width, heads):
    import torch
    from torch import nn
    from torch.nn import functional

    class Layer(nn.Module):
        def __init__(self):
            super().__init__()
            self.before_attention, self.before_expansion = nn.LayerNorm(width), nn.LayerNorm(width)
            self.queries_keys_values, self.merged = nn.Linear(width, 3 * width), nn.Linear(width, width)
            self.expansion, self.contraction = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

        def attention(self, x):
            rows, length, _ = x.shape
            parts = self.queries_keys_values(x).view(rows, length, 3, heads, width // heads)
            q, k, v = parts.permute(2, 0, 3, 1, 4)
            y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
            return self.merged(y.transpose(1, 2).reshape(rows, length, width))

        def forward(self, x):
            x = x + self.attention(self.before_attention(x))
            raised = functional.gelu(self.expansion(self.before_expansion(x)), approximate="tanh")
            return x + self.contraction(raised)

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.words, self.places = nn.Embedding(WORDS, width), nn.Embedding(CONTEXT, width)
            self.layers = nn.ModuleList(Layer() for _ in range(layers))
            self.last = nn.LayerNorm(width)
            for name, parameter in self.named_parameters():
                if parameter.dim() == 2:
                    ends_branch = name.endswith(("merged.weight", "contraction.weight"))
                    nn.init.normal_(parameter, std=0.02 / (math.sqrt(2 * layers) if ends_branch else 1))

        def forward(self, tokens, targets):
            x = self.words(tokens) + self.places.weight[: tokens.shape[1]]
            for layer in self.layers:
                x = layer(x)
            logits = functional.linear(self.last(x), self.words.weight)
            return functional.cross_entropy(logits.view(-1, WORDS), targets.reshape(-1))

    return Model()


def train(rank, processes, options, rendezvous):
    threads = 2 // processes
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(threads)
    import torch
    import torch.distributed

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    shape = dict(MODELS[options.model])
    batch = shape.pop("batch")
    plain = model = build(**shape)
    if processes > 1:
        torch.distributed.init_process_group("gloo", init_method=f"file://{rendezvous}", rank=rank, world_size=processes)
        model = torch.nn.parallel.DistributedDataParallel(plain)
    matrices = [p for p in plain.parameters() if p.dim() >= 2]
    vectors = [p for p in plain.parameters() if p.dim() < 2]
    groups = [dict(params=matrices, weight_decay=0.1), dict(params=vectors, weight_decay=0.0)]
    adam = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.99), fused=True)
    seconds = []
    for step in range(options.warm + options.steps):
        tokens = torch.randint(WORDS, (batch // processes, CONTEXT + 1))
        if processes > 1:
            torch.distributed.barrier()
        begin = time.perf_counter()
        loss = model(tokens[:, :-1], tokens[:, 1:])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(plain.parameters(), 1.0)
        adam.step()
        adam.zero_grad(set_to_none=True)
        loss.item()
        if step >= options.warm:
            seconds.append(time.perf_counter() - begin)
    if rank == 0:
        print(round(batch * CONTEXT / statistics.median(seconds)), flush=True)
    if processes > 1:
        torch.distributed.destroy_process_group()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=sorted(MODELS), default="A")
    parser.add_argument("--processes", type=int, choices=(1, 2), default=1)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--warm", type=int, default=2)
    options = parser.parse_args()
    if options.processes == 1:
        train(0, 1, options, None)
        return
    import torch.multiprocessing

    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(train, (options.processes, options, f"{folder}/meeting"), options.processes)


if __name__ == "__main__":
    main()
