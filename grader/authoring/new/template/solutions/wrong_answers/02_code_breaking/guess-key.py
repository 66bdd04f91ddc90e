# %% returns_the_letter
def guess_key(text):
    return most_frequent(count_letters(text))


# %% counts_from_a
def guess_key(text):
    return ALPHABET.index(most_frequent(count_letters(text)))


# %% may_be_negative [subtle]
def guess_key(text):
    return ALPHABET.index(most_frequent(count_letters(text))) - ALPHABET.index("E")


# %% takes_the_first_letter
def guess_key(text):
    return (ALPHABET.index(text[0]) - ALPHABET.index("E")) % 26
