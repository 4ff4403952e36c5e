/** A tetrahedron as a binary STL file: the smallest thing that a slicer would call a model. */
export function createStlModel(): Buffer {
  const corners = [
    [0, 0, 0],
    [10, 0, 0],
    [0, 10, 0],
    [0, 0, 10],
  ]
  const faces = [
    [0, 2, 1],
    [0, 1, 3],
    [0, 3, 2],
    [1, 2, 3],
  ]
  // 80 bytes of header, a count, and 50 bytes a triangle: normal, three corners, two spare bytes.
  const file = Buffer.alloc(84 + 50 * faces.length)
  file.write('demo model')
  file.writeUInt32LE(faces.length, 80)
  faces.forEach((face, index) => {
    face.forEach((corner, place) => {
      for (const axis of [0, 1, 2]) {
        file.writeFloatLE(corners[corner]?.[axis] ?? 0, 84 + 50 * index + 12 + 12 * place + 4 * axis)
      }
    })
  })
  return file
}
