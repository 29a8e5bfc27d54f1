-- AlterEnum
ALTER TYPE "ApplyOutcome" ADD VALUE 'neverBegun' AFTER 'finishedAtRestart';
