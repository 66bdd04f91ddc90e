# subtle
def area(width, height=1.0):
    return width + height
