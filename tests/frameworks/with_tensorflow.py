import tensorflow as tf

probs = tf.constant([0.7, 0.2, 0.1])  # a value at once: no placeholder, no session
one_hot = tf.constant([1.0, 0.0, 0.0])
from_probs = -tf.reduce_sum(one_hot * tf.math.log(probs))

logits = tf.math.log(probs)  # any scores with these probabilities
from_logits = tf.nn.softmax_cross_entropy_with_logits(one_hot, logits)

print(f"cross-entropy = {from_probs:.4f} nats, from probabilities")
print(f"cross-entropy = {from_logits:.4f} nats, from logits")
