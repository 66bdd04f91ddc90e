# subtle
total = table
