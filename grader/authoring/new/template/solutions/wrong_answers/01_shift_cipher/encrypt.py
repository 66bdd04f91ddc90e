# %% shifts_spaces_and_digits
def encrypt(text, key):
    return "".join(chr(ord(character) + key) for character in text)


# %% drops_everything_but_letters
def encrypt(text, key):
    places = [ALPHABET.index(letter) for letter in text if letter in ALPHABET]
    return "".join(ALPHABET[(place + key) % 26] for place in places)


# %% shifts_small_letters_too [subtle]
def encrypt(text, key):
    def moved(letter):
        first = ord("a") if letter.islower() else ord("A")
        return chr(first + (ord(letter) - first + key) % 26)

    return "".join(moved(each) if each.isalpha() else each for each in text)


# %% always_uses_caesars_key [subtle]
def encrypt(text, key):
    moved = ALPHABET[3:] + ALPHABET[:3]
    return text.translate(str.maketrans(ALPHABET, moved))
