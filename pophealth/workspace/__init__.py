"""What a team knows and writes."""
