"""What only a superior can decide (需上级决定): divided places, branches over their cap."""
