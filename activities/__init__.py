"""What touches the world: the activities of the workflows, each behind a port."""
