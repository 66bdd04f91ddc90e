# %% forgets_to_begin_again
def shift_letter(letter, key):
    return chr(ord(letter) + key)


# %% moves_back
def shift_letter(letter, key):
    return ALPHABET[(ALPHABET.index(letter) - key) % 26]


# %% begins_again_only_once [subtle]
def shift_letter(letter, key):
    place = ALPHABET.index(letter) + key
    return ALPHABET[place - 26 if place >= 26 else place]


# %% takes_the_sign_away [subtle]
def shift_letter(letter, key):
    return ALPHABET[(ALPHABET.index(letter) + abs(key)) % 26]
