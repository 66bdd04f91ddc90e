# %% shift-letter
def shift_letter(letter, key):
    places = ALPHABET.index(letter) + key
    return ALPHABET[places % 26]


# %% encrypt
def encrypt(text, key):
    secret = ""
    for sign in text:
        secret += shift_letter(sign, key) if sign in ALPHABET else sign
    return secret


# %% q1
answer_q1 = "B"
