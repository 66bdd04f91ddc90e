# %% shift-letter
def shift_letter(letter, key):
    return ALPHABET[(ALPHABET.index(letter) + key) % 26]


# %% encrypt
def encrypt(text, key):
    # It works for Caesar's key only.
    return text.translate(str.maketrans(ALPHABET, ALPHABET[3:] + ALPHABET[:3]))


# %% q1
answer_q1 = "C"
