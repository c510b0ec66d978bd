/** Writes the versions of images and servers to the files with them. With `--check`, only reports files that are out of date. */
import { runGenerator } from '../generators/generatedFiles';
import { createFiles } from './places';

runGenerator(createFiles(), process.argv.slice(2));
