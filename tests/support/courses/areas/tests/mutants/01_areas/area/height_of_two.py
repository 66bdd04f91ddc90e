# subtle
def area(width, height=2.0):
    return width * height
