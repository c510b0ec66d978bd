import { parseModelFileName } from './modelFileName';

describe('parseModelFileName', () => {
  it.each([
    ['http://kb.sedna:9020/knowledgebase/file/download?files=Autumn_1.0.model&name=x', 'Autumn_1.0.model'],
    ['http://kb/download?name=x&files=a%20b.model', 'a b.model'],
    ['http://kb/download?files=%E0%A4%A', '%E0%A4%A'],
    ['s3://bucket/kb/Autumn.model', 'Autumn.model'],
  ])('finds the file name in %s', (url, name) => expect(parseModelFileName(url)).toBe(name));
});
