"""The room of the Attention page: from two sentences to an attention matrix that is learned on screen."""
