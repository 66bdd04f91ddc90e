"""Eleven million lists, small as a file and huge once read."""


def mangle(notebook):
    return b'{"nbformat": 4, "cells": [' + b"[]," * 11_000_000 + b"[]]}"
