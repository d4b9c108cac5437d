"""What customers can ask for, by subject: each request is refused whole, or begun and left to the instance's keeper."""
