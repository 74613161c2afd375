"""A month of made-up people in real files: what the demonstration, the screenshots and the journey tests are made of."""
