"""What a person sees: figures, words and forms."""
