"""Whether `transformers` opens a model folder of hansa-kernel and finds the same loss.

    python model_check.py MODEL_FOLDER TEXT BITS_PER_BYTE

Scores the text as `hansa-kernel evaluate` does: windows of the whole context, each token once, a newline before the first.
Prints transformers' loss and hansa-kernel's, in nats a token.
"""

import math
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

WINDOWS = 8


def main():
    folder, path, bits_per_byte = sys.argv[1], sys.argv[2], float(sys.argv[3])
    torch.set_num_threads(2)
    model = AutoModelForCausalLM.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    separator = tokenizer("\n", add_special_tokens=False)["input_ids"][0]
    context, total = model.config.n_positions, 0.0
    inputs = [separator] + ids[:-1]
    with torch.no_grad():
        # Rows of one length go through together; the last, shorter one goes alone.
        rows = [(inputs[at : at + context], ids[at : at + context]) for at in range(0, len(ids), context)]
        whole = [row for row in rows if len(row[0]) == context]
        batches = [whole[at : at + WINDOWS] for at in range(0, len(whole), WINDOWS)]
        batches += [[row] for row in rows if len(row[0]) < context]
        for batch in batches:
            logits = model(torch.tensor([row[0] for row in batch])).logits.double()
            targets = torch.tensor([row[1] for row in batch])
            total += torch.nn.functional.cross_entropy(
                logits.view(-1, logits.shape[-1]), targets.view(-1), reduction="sum"
            ).item()
    ours = bits_per_byte * len(text.encode()) * math.log(2) / len(ids)
    print(f"{total / len(ids):.6f} {ours:.6f}")


if __name__ == "__main__":
    main()
