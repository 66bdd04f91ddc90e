# %% count-letters
def count_letters(text):
    counts = {}
    for each in text:
        if each in ALPHABET:
            counts[each] = counts.get(each, 0) + 1
    return counts


# %% most-frequent
def most_frequent(counts):
    largest = max(counts.values())
    return sorted(letter for letter in counts if counts[letter] == largest)[0]


# %% guess-key
def guess_key(text):
    letter = most_frequent(count_letters(text))
    return (ord(letter) - ord("E")) % 26
