"""What a terminal sends, decoded: bytes in, inputs out. Pure."""
