# %% counts_all_characters
def count_letters(text):
    return {character: text.count(character) for character in text}


# %% lists_letters_that_do_not_occur
def count_letters(text):
    return {letter: text.count(letter) for letter in ALPHABET}


# %% counts_small_letters_too [subtle]
def count_letters(text):
    return {each: text.count(each) for each in text if each.isalpha()}
