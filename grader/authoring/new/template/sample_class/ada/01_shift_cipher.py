# %% shift-letter
def shift_letter(letter, key):
    places = ALPHABET.index(letter) + key
    return ALPHABET[places % 26]


# %% encrypt
def encrypt(text, key):
    secret = ""
    for each in text:
        secret += shift_letter(each, key) if each in ALPHABET else each
    return secret


# %% q1
answer_q1 = "B"
