# %% counts_all_signs
def count_letters(text):
    return {sign: text.count(sign) for sign in text}


# %% lists_letters_that_do_not_occur
def count_letters(text):
    return {letter: text.count(letter) for letter in ALPHABET}


# %% counts_small_letters_too [subtle]
def count_letters(text):
    return {one: text.count(one) for one in text if one.isalpha()}
