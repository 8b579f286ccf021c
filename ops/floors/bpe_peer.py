"""The peer of `hansa-kernel tokenizer --bench`: encodes the same text with the same tokenizer in the HF `tokenizers` library.

    python bpe_peer.py TOKENIZER_FOLDER TEXT [HANSA_TOKENS]

One thread, five times; prints megabytes a second of the median run, and the number of tokens.
"""

import os
import statistics
import sys
import time

os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

from tokenizers import Tokenizer  # noqa: E402  (the variables above count at import)


def main():
    folder, path = sys.argv[1:3]
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    lines = text.splitlines(keepends=True)
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        count = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(lines, add_special_tokens=False))
        seconds.append(time.perf_counter() - begin)
    print(f"{len(text.encode()) / 1e6 / statistics.median(seconds):.2f} {count}")


if __name__ == "__main__":
    main()
