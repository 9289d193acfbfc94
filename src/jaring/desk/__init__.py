"""The officials' site."""
