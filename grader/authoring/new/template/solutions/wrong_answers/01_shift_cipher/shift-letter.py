# %% does_not_begin_again_after_z
def shift_letter(letter, key):
    return chr(ord(letter) + key)


# %% moves_back
def shift_letter(letter, key):
    return ALPHABET[(ALPHABET.index(letter) - key) % 26]


# %% begins_again_once_only [subtle]
def shift_letter(letter, key):
    place = ALPHABET.index(letter) + key
    return ALPHABET[place - 26 if place >= 26 else place]


# %% ignores_the_minus_sign [subtle]
def shift_letter(letter, key):
    return ALPHABET[(ALPHABET.index(letter) + abs(key)) % 26]
