"""The editor of pathways: the coordination writes, checks and publishes them."""
