"""A province made up for measuring, and how much memory planning it takes."""
