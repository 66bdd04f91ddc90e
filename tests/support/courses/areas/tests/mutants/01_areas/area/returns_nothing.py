def area(width, height=1.0):
    width * height
