# %% count-letters
def count_letters(text):
    return {letter: text.count(letter) for letter in text if letter in ALPHABET}


# %% guess-key
def guess_key(text):
    raise ValueError("I ran out of time")
