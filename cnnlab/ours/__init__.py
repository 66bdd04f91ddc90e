"""The course's own answers to the exercises that later sections build on."""
