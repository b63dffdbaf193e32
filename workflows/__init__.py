"""What happens: the domain rules, the workflows that run them, and the messages between both."""
