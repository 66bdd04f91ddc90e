"""A hundred thousand brackets."""


def mangle(notebook):
    return b'{"nbformat": 4, "cells": [], "metadata": ' + b"[" * 100_000
