"""How many years of school a text needs (Flesch-Kincaid), with no word list fetched from elsewhere.

textstat looks syllables up in a list that it downloads; here they are counted by sounded vowels, which
reads a little high rather than low.
"""

import re


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade."""
    text = re.sub(r"(\d)[.,](\d)", r"\1\2", text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z0-9%'’-]+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Count sounded vowels; a number counts as two."""
    if re.search(r"\d", word):
        return 2
    word = re.sub(r"e(?=ment|line|ful|less|ly|ness)", "", word.lower())
    word = re.sub(r"(?:[^laeiouy]es|[^aeioutd]ed|[^laeiou]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)) + len(re.findall(r"i[ao](?!u)", word)) // 2)
