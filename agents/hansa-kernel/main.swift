print("hansa-kernel")
