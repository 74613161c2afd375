"""The parts that forms and screens are put together from: plain widgets, each one idea."""
