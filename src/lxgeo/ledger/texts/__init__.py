"""Very many texts asked at once, as Arrow holds them."""
