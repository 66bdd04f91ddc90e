"""A number of ten thousand digits."""


def mangle(notebook):
    return b'{"nbformat": 4, "nbformat_minor": ' + b"9" * 10_000 + b', "cells": []}'
