/** Why the container must not start. */
export class RegistrationError extends Error {
  override readonly name = "RegistrationError";
}
