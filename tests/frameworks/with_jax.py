import jax
import jax.numpy as jnp

probs = jnp.array([0.7, 0.2, 0.1])
one_hot = jnp.array([1.0, 0.0, 0.0])
from_probs = -jnp.sum(one_hot * jnp.log(probs))

logits = jnp.log(probs)  # any scores with these probabilities
from_logits = -jnp.sum(one_hot * jax.nn.log_softmax(logits))

print(f"cross-entropy = {from_probs:.4f} nats, from probabilities")
print(f"cross-entropy = {from_logits:.4f} nats, from logits")
