"""Bytes of a hand-in → cells, whatever an editor or an accident made of them."""
