import numpy as np
from scipy.special import softmax
from sklearn.metrics import log_loss

probs = np.array([[0.7, 0.2, 0.1]])  # one row a picture
label = [0]  # class numbers in place of one-hot rows
from_probs = log_loss(label, probs, labels=[0, 1, 2])

logits = np.log(probs)  # any scores with these probabilities
from_logits = log_loss(label, softmax(logits, axis=1), labels=[0, 1, 2])

print(f"cross-entropy = {from_probs:.4f} nats, from probabilities")
print(f"cross-entropy = {from_logits:.4f} nats, from logits")
