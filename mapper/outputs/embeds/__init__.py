"""What a newsroom pastes into an article: a page for a frame, the forms of the frame, and the words under it."""
