/** All components in all their states, while developing. */
export default function Gallery() {
  return null;
}
