"""The room of the Rolling balls page: functions whose minima are known, and optimizers that look for them."""
