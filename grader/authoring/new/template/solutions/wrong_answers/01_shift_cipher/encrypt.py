# %% shifts_spaces_and_digits
def encrypt(text, key):
    return "".join(chr(ord(sign) + key) for sign in text)


# %% leaves_out_what_is_no_letter
def encrypt(text, key):
    letters = [sign for sign in text if sign in ALPHABET]
    return "".join(ALPHABET[(ALPHABET.index(one) + key) % 26] for one in letters)


# %% shifts_small_letters_too [subtle]
def encrypt(text, key):
    def moved(sign):
        first = ord("a") if sign.islower() else ord("A")
        return chr(first + (ord(sign) - first + key) % 26)

    return "".join(moved(sign) if sign.isalpha() else sign for sign in text)


# %% always_uses_caesars_key [subtle]
def encrypt(text, key):
    moved = ALPHABET[3:] + ALPHABET[:3]
    return text.translate(str.maketrans(ALPHABET, moved))
